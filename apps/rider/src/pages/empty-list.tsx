import { Button, Command, Message } from '@kickstand/ui'
import { usePageText } from '#i18n/i18n.ts'
import { useShellState } from '#shell/shell-state.ts'

/** Shown instead of the list if there are no zones near, or none at all. */
export function EmptyList() {
  const p = usePageText()
  const { config, goTo } = useShellState()
  if (config?.zones === 0) {
    return (
      <Message title={p('list.noDataTitle')} text={p('list.noDataText')}>
        <Command>npx kickstand import FILE</Command>
      </Message>
    )
  }
  return (
    <Message title={p('list.noneTitle')} text={p('list.noneText')}>
      {config && <Button onClick={() => goTo(config.start)}>{p('list.goToData')}</Button>}
    </Message>
  )
}
