import { failureOf } from '@kickstand/client'
import { ToastProvider } from '@kickstand/ui'
import '@kickstand/ui/theme.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider } from '@kickstand/i18n/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { firstTexts, texts } from '#i18n/texts.ts'
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

/** Renders the page. Its texts are loaded beside this script, so that it hardly ever waits for them. */
async function start(): Promise<void> {
  await firstTexts
  // Loaded after the first paint.
  void import('./offline/after-paint.ts').then(({ startAfterPaint }) => startAfterPaint(client))
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html: add an element with the id root.')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <I18nProvider texts={texts} preferred={navigator.languages}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
