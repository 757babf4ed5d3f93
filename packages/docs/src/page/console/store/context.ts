import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Store } from './store.js'

const StoreContext = createContext<Store | undefined>(undefined)

/** Gives the console's state to all that is inside. */
export const StoreProvider = StoreContext.Provider

/** The console's state. */
export const useStore = (): Store => {
  const store = useContext(StoreContext)
  if (store === undefined) throw new Error('A part of the console stands outside of it.')
  return store
}
