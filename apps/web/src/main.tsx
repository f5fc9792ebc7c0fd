import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { failureOf } from './api/http.ts'
import { I18nProvider, pickCatalogue } from './i18n/i18n.tsx'
import { router } from './routes.tsx'
import './theme/theme.css'
import { ToastProvider } from './ui/toast.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // "Online" as a browser tells it is a guess: ask, and say what came of it.
      networkMode: 'always',
      retry: (count, error) => count < 2 && failureOf(error).kind === 'unreachable',
      refetchOnWindowFocus: true,
    },
  },
})

const catalogue = pickCatalogue(navigator.languages)
document.documentElement.lang = catalogue.locale
document.documentElement.dir = catalogue.dir

// After the first paint: the page is there before what keeps it.
void import('./offline/after-paint.ts').then(({ startOffline }) => startOffline(client))

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element #root to draw the page in')
createRoot(place).render(
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
