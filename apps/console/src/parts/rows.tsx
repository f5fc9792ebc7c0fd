import { Button, Message } from '@kickstand/ui'
import type { ReactNode } from 'react'
import type { List } from '#api/use-list.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from './failure-notice.tsx'
import { Waiting } from './waiting.tsx'

type RowsProps<Row> = {
  readonly label: string
  readonly list: List<Row>
  readonly keyOf: (row: Row) => string
  /** Mark the link that j and k move to with `data-row`, unless the row itself is focusable. */
  readonly children: (row: Row) => ReactNode
  /** For rows without a page: j and k move to the row itself, so the Enter key does nothing. */
  readonly isFocusable?: boolean
  readonly emptyTitle: string
  readonly emptyText?: string
  /** What a person can do about an empty list. */
  readonly emptyAction?: ReactNode
}

/** The rows of a list with its states: loading, failed, empty, more. */
export function Rows<Row>({
  label,
  list,
  keyOf,
  children,
  isFocusable = false,
  emptyTitle,
  emptyText,
  emptyAction,
}: RowsProps<Row>) {
  const { t } = useI18n()
  const { rows, error } = list
  if (rows === null && error === null) return <Waiting />
  return (
    <div className="grid gap-3">
      {error !== null && (
        <>
          <FailureNotice error={error} />
          <Button className="justify-self-start" onClick={list.readAgain}>
            {t('console.tryAgain')}
          </Button>
        </>
      )}
      {rows !== null && rows.length === 0 && (
        <Message title={emptyTitle} {...(emptyText ? { text: emptyText } : {})}>
          {emptyAction}
        </Message>
      )}
      {rows !== null && rows.length > 0 && (
        <ul aria-label={label} className="overflow-hidden rounded-lg border border-line bg-surface">
          {rows.map((row) => (
            <li
              key={keyOf(row)}
              {...(isFocusable ? { tabIndex: -1, 'data-row': '' } : {})}
              className="border-b border-line last:border-b-0 focus-visible:-outline-offset-3"
            >
              {children(row)}
            </li>
          ))}
        </ul>
      )}
      {list.hasMore && (
        <Button className="justify-self-start" isRunning={list.isReading} onClick={list.readMore}>
          {t('console.loadMore')}
        </Button>
      )}
    </div>
  )
}

/** The look of a row that is a link or button. */
export const rowClass =
  'grid gap-x-4 gap-y-0.5 px-3 py-2.5 text-ink no-underline hover:bg-raised focus-visible:-outline-offset-3 wide:items-center'
