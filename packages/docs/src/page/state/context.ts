import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Api, createApi } from '../document/api.js'

const ApiContext = createContext<Api>(createApi({}))

/** Gives the document to all that is inside. */
export const ApiProvider = ApiContext.Provider

/** The document that the page shows. */
export const useApi = (): Api => useContext(ApiContext)
