import { Button } from '@kickstand/ui'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { toCsv, type CsvColumn } from './csv.ts'
import { download } from './download.ts'
import { FailureNotice } from './failure-notice.tsx'
import { ConsoleIcon } from './icon.tsx'

type Props<Row> = {
  readonly fileName: string
  readonly columns: readonly CsvColumn<Row>[]
  /** Reads all pages of the list with its filters. */
  readonly readRows: () => Promise<readonly Row[]>
}

/** Saves all rows of a list as a CSV file, also those that the page does not show yet. */
export function CsvButton<Row>({ fileName, columns, readRows }: Props<Row>) {
  const { t } = useI18n()
  const { run, isRunning, error } = useChange<void, readonly Row[]>(readRows, {
    // Byte order mark. Without it, Excel does not recognise UTF-8.
    onDone: (rows) => download(fileName, 'text/csv;charset=utf-8', `\uFEFF${toCsv(columns, rows)}`),
  })
  return (
    <>
      <Button isRunning={isRunning} onClick={() => run()}>
        <ConsoleIcon name="download" />
        {t('console.csv')}
      </Button>
      <FailureNotice error={error} />
    </>
  )
}
