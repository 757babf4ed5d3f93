import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Api, createApi } from '../document/api.js'

const ApiContext = createContext<Api>(createApi({}))

/** Provides the document. */
export const ApiProvider = ApiContext.Provider

/** Returns the document of the page. */
export const useApi = (): Api => useContext(ApiContext)
