import { pageFiguresRequest } from '@kickstand/client'
import { measurePage } from '@kickstand/ui'

/** Sends what the page measured of itself when it is hidden: errors and web vitals, without identity. */
export function sendPageFigures(): void {
  measurePage((measured) => {
    const { path, body } = pageFiguresRequest({ app: 'rider', ...measured })
    navigator.sendBeacon(path, new Blob([body], { type: 'application/json' }))
  })
}
