export * from '@sinclair/typebox/compiler'
