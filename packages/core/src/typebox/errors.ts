export * from '@sinclair/typebox/errors'
