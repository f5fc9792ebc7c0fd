import { failureOf } from '@kickstand/client'
import { ToastProvider } from '@kickstand/ui'
import '@kickstand/ui/theme.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nProvider, pickCatalogue } from './i18n/i18n.tsx'
import { router } from './routes.tsx'
import './shell/shell.css'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The browser's online state is unreliable, so requests are always sent.
      networkMode: 'always',
      retry: (count, error) => count < 2 && failureOf(error).kind === 'unreachable',
      refetchOnWindowFocus: true,
    },
  },
})

const catalogue = pickCatalogue(navigator.languages)
document.documentElement.lang = catalogue.locale
document.documentElement.dir = catalogue.dir

// Loaded after the first paint.
void import('./offline/after-paint.ts').then(({ startOffline }) => startOffline(client))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root". Add it.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <I18nProvider languages={navigator.languages}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
)
