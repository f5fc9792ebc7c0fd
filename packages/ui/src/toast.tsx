import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Toast = {
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  /** Milliseconds until it closes; paused while a pointer or the focus is on it. */
  readonly durationMs?: number
}

type Shown = Toast & { readonly id: number }
type Toasts = { readonly show: (toast: Toast) => void }

const DEFAULT_DURATION_MS = 5_000
const ToastContext = createContext<Toasts>({ show: () => {} })
const ShownContext = createContext<{ shown: Shown | null; clear: () => void }>({ shown: null, clear: () => {} })

/** Shows one toast at a time; a newer one replaces the older. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const count = useRef(0)
  const show = useCallback((toast: Toast) => {
    count.current += 1
    setShown({ ...toast, id: count.current })
  }, [])
  const clear = useCallback(() => setShown(null), [])
  const toasts = useMemo(() => ({ show }), [show])
  const state = useMemo(() => ({ shown, clear }), [shown, clear])
  return (
    <ToastContext value={toasts}>
      <ShownContext value={state}>{children}</ShownContext>
    </ToastContext>
  )
}

export function useToasts(): Toasts {
  return use(ToastContext)
}

/** The container of toasts. It is always in the page, so that screen readers announce each toast. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  const { shown, clear } = use(ShownContext)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!shown || held) return
    const timer = setTimeout(clear, shown.durationMs ?? DEFAULT_DURATION_MS)
    return () => clearTimeout(timer)
  }, [shown, held, clear])
  useEffect(() => {
    if (!shown) setHeld(false)
  }, [shown])
  return (
    <div
      role="status"
      className="toast-region"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {shown && (
        <div
          key={shown.id}
          className="flex items-center gap-2 rounded-plate bg-[#171c22] py-2 ps-4 pe-2 text-white shadow-[0_4px_20px_var(--shade)] ring-1 ring-white/25"
        >
          <p className="min-w-0 flex-1">{shown.text}</p>
          {shown.action && (
            <button
              type="button"
              className="min-h-12 rounded-plate bg-amber px-4 text-base font-bold text-amber-ink focus-visible:outline-white"
              onClick={() => {
                // First, because the action may show a toast of its own.
                clear()
                shown.action?.run()
              }}
            >
              {shown.action.label}
            </button>
          )}
          <button
            type="button"
            aria-label={closeLabel}
            className="grid size-11 place-items-center focus-visible:outline-white"
            onClick={clear}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
