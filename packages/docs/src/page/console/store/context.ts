import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { createMemory, type Memory } from './memory.js'
import type { Store } from './store.js'

const StoreContext = createContext<Store | undefined>(undefined)

/** Provides the console's state. */
export const StoreProvider = StoreContext.Provider

/** Returns the console's state. */
export const useStore = (): Store => {
  const store = useContext(StoreContext)
  if (store === undefined) throw new Error('useStore: expected a StoreProvider around this component')
  return store
}

const MemoryContext = createContext<Memory>(createMemory())

/** Provides the memory of a form. */
export const MemoryProvider = MemoryContext.Provider

/** Returns the memory of the form around a component. */
export const useMemory = (): Memory => useContext(MemoryContext)
