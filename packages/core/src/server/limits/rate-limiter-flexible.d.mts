// The library has types for its index only.
declare module 'rate-limiter-flexible/lib/component/MemoryStorage/MemoryStorage.js' {
  import type { RateLimiterRes } from 'rate-limiter-flexible'

  export default class MemoryStorage {
    incrby(key: string, value: number, durationSec: number): RateLimiterRes
    delete(key: string): boolean
  }
}
