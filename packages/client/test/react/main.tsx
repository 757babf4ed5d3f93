/** @jsxRuntime automatic */
import { createRoot, hydrateRoot } from 'react-dom/client'
import { Page } from './page.js'

const root = document.querySelector('main')
if (!root) throw new Error('no main')
const page = <Page part={location.pathname.slice(1)} url={location.origin} />
if (root.firstChild) hydrateRoot(root, page)
else createRoot(root).render(page)
