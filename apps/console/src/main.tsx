import { failureOf } from '@kickstand/client'
import { I18nProvider } from '@kickstand/i18n/react'
import { ToastProvider } from '@kickstand/ui'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { refreshAccount } from './api/account.ts'
import { isRejection } from './api/step-up.ts'
import './console.css'
import { texts } from './i18n/texts.ts'
import { router } from './routes.tsx'
import { keepFocus } from './shell/keep-focus.ts'

const MAX_RETRIES = 2

/** Reads the account again after the session has ended, which shows the sign-in. */
function onError(error: unknown): void {
  if (isRejection(error, 'sign-in-required')) void refreshAccount(client)
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // The browser's online state is unreliable, so requests are always sent.
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (count, error) => count < MAX_RETRIES && failureOf(error).kind === 'unreachable',
    },
  },
})

async function start(): Promise<void> {
  await texts.load('console')
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element with the id "root". Add it.')
  keepFocus(document)
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
