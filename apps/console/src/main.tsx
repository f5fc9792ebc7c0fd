import '@kickstand/ui/theme.css'
import { I18nProvider } from '@kickstand/i18n/react'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { texts } from './i18n/texts.ts'
import { router } from './routes.tsx'

async function start(): Promise<void> {
  await texts.load('console')
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element with the id "root". Add it.')
  createRoot(root).render(
    <StrictMode>
      <I18nProvider texts={texts} preferred={navigator.languages}>
        <RouterProvider router={router} />
      </I18nProvider>
    </StrictMode>,
  )
}

void start()
