import { REDIS, startRedis } from '../../../../test/redis.js'
import { startHosts } from './fleet.js'
import { testNodes } from './matrix.js'

const OVER_REDIS = { carriesBytes: true, keepsOrder: true, hasStore: true }

testNodes(
  {
    ...OVER_REDIS,
    name: 'the Redis adapter',
    appendsOffsets: false,
    recovers: false,
    ackOvertakes: false,
    keepsEmits: false,
  },
  { needs: REDIS, start: async context => startHosts(context, 2, 'redis', await startRedis(context)) },
)

testNodes(
  {
    ...OVER_REDIS,
    name: 'the sharded Redis adapter',
    appendsOffsets: true,
    recovers: false,
    ackOvertakes: true,
    keepsEmits: false,
  },
  { needs: REDIS, start: async context => startHosts(context, 2, 'sharded', await startRedis(context)) },
)

testNodes(
  {
    ...OVER_REDIS,
    name: 'the Redis streams adapter',
    appendsOffsets: true,
    recovers: true,
    ackOvertakes: true,
    keepsEmits: true,
  },
  { needs: REDIS, start: async context => startHosts(context, 3, 'streams', await startRedis(context)) },
)
