export * from '@sinclair/typebox/value'
