import { Command, Notice } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { server } from '#api/call.ts'
import { useI18n } from '#i18n/i18n.ts'

/** What the map of this installation shows. */
export const appConfigQuery = {
  queryKey: ['app-config'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => server.getAppConfig(signal),
} as const

/** The third step: the demo town, or the commands that import the operator's own city. */
export function CityStep() {
  const { t } = useI18n()
  const { data } = useQuery(appConfigQuery)
  return (
    <div className="grid gap-3">
      {data !== undefined && (
        <Notice>
          <p>{data.demo ? t('setup.demoIsOn', { zones: data.zones }) : t('setup.zonesAre', { zones: data.zones })}</p>
        </Notice>
      )}
      <p>{t('setup.cityText')}</p>
      <Command>npx kickstand import FILE</Command>
      <p>{t('setup.cityRemove')}</p>
      <Command>npx kickstand demo remove</Command>
    </div>
  )
}
