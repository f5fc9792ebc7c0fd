import { Button, Message } from '@kickstand/ui'
import { texts } from '#texts.ts'

/** Shown instead of a page that crashed. */
export function BrokenPage() {
  return (
    <div role="alert">
      <Message title={texts.brokenTitle} text={texts.brokenText}>
        <Button variant="primary" onClick={() => location.reload()}>
          {texts.reload}
        </Button>
      </Message>
    </div>
  )
}
