import { Button, Message } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { isRejection } from '#api/step-up.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { UnusableLink } from '#links/unusable-link.tsx'
import { useLinkSecret } from '#links/use-link-secret.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/**
 * Declines to take over an account of the predecessor, by the link in its invitation. It asks for a confirmation, because
 * some mail programs open links automatically.
 */
export function DeclinePage() {
  const { t } = useI18n()
  const secret = useLinkSecret()
  const [isDone, setDone] = useState(false)
  const { run, isRunning, error } = useChange(async () => server.declineLink(secret), { onDone: () => setDone(true) })
  useTitle(t('signIn.decline'))
  const isUnusable = secret === '' || isRejection(error, 'link-not-usable') || isRejection(error, 'invalid-request')
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        {isDone ? (
          <Message title={t('signIn.declined')} text={t('signIn.declinedText')} />
        ) : isUnusable ? (
          <UnusableLink purpose="decline" />
        ) : (
          <>
            <h2 className="text-2xl">{t('signIn.decline')}</h2>
            <p>{t('signIn.declineText')}</p>
            <FailureNotice error={error} />
            <Button variant="primary" isRunning={isRunning} onClick={() => run()}>
              {t('signIn.declineDo')}
            </Button>
          </>
        )}
      </div>
    </PublicFrame>
  )
}
