import type { OwnAccountBody } from '@kickstand/contract'
import { Button } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from '#parts/icon.tsx'
import { appConfigQuery } from './city-step.tsx'
import { judgeAccount, type CheckState } from './judge-account.ts'

/** Checks with real requests whether this installation and the person's account are ready. */
export function SelfCheck({ account }: { readonly account: OwnAccountBody }) {
  const { t } = useI18n()
  const ready = useQuery({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => server.getReadiness(signal).then(() => true),
    retry: false,
  })
  const own = useQuery(ownAccountQuery)
  const config = useQuery(appConfigQuery)
  const { isAdmin, secondFactor, spare } = judgeAccount(own.data ?? account)
  const lines: readonly (readonly [text: string, state: CheckState, advice: string])[] = [
    [t('setup.checkReady'), stateOf(ready.isFetching, ready.data === true), t('setup.checkReadyAdvice')],
    [t('setup.checkAccount'), stateOf(own.isFetching, isAdmin), t('setup.checkAccountAdvice')],
    [t('setup.checkSecondFactor'), secondFactor, t('setup.checkSecondFactorAdvice')],
    [t('setup.checkSpare'), spare, t('setup.checkSpareAdvice')],
    [t('setup.checkSecure'), isSecureContext ? 'good' : 'bad', t('setup.checkSecureAdvice')],
    [t('setup.checkZones'), stateOf(config.isFetching, (config.data?.zones ?? 0) > 0), t('setup.checkZonesAdvice')],
  ]
  return (
    <div className="grid gap-3">
      <ul className="grid gap-2" aria-live="polite">
        {lines.map(([text, state, advice]) => (
          <Line key={text} text={text} state={state} advice={advice} />
        ))}
      </ul>
      <Button
        className="justify-self-start"
        onClick={() => void Promise.all([ready.refetch(), own.refetch(), config.refetch()])}
      >
        {t('setup.checkAgain')}
      </Button>
    </div>
  )
}

function stateOf(isRunning: boolean, isGood: boolean): CheckState {
  if (isRunning) return 'running'
  return isGood ? 'good' : 'bad'
}

type LineProps = { readonly text: string; readonly state: CheckState; readonly advice: string }

function Line({ text, state, advice }: LineProps) {
  const { t } = useI18n()
  return (
    <li className="flex gap-3 border-t border-line pt-2">
      <span
        aria-hidden="true"
        className={`mt-0.5 grid size-6 flex-none place-items-center rounded-full border-2 font-bold ${LOOKS[state]}`}
      >
        {state === 'good' && <ConsoleIcon name="check" className="size-4" />}
        {(state === 'bad' || state === 'warning') && '!'}
      </span>
      <div className="grid min-w-0">
        <p>
          <span className="font-bold">{text}</span> <span className="text-ink-soft">{t(`setup.state.${state}`)}</span>
        </p>
        {(state === 'bad' || state === 'warning') && <p>{advice}</p>}
      </div>
    </li>
  )
}

const LOOKS: Readonly<Record<CheckState, string>> = {
  good: 'border-good bg-good text-white',
  warning: 'border-amber bg-amber text-amber-ink',
  bad: 'border-stop text-stop',
  running: 'border-edge',
}
