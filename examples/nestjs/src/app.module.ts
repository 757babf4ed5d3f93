import { Module } from '@nestjs/common'
import { ChatGateway } from './chat.gateway.js'
import { ChatHandlers, ModerationHandlers } from './chat.handlers.js'
import { ChatBinding } from './chat.server.js'
import { Rooms } from './rooms.service.js'
import { Users } from './users.service.js'

@Module({ providers: [ChatGateway, ChatBinding, ChatHandlers, ModerationHandlers, Rooms, Users] })
export class AppModule {}
