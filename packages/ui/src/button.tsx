import type { ComponentProps } from 'react'

const VARIANT_CLASSES = {
  primary: 'bg-sign text-sign-ink border-sign hover:brightness-110',
  plain: 'bg-surface text-ink border-edge hover:bg-raised',
  quiet: 'bg-transparent text-link border-transparent hover:bg-raised',
} as const

type ButtonProps = ComponentProps<'button'> & {
  readonly variant?: keyof typeof VARIANT_CLASSES
  /** While its action runs, the button does nothing. It is not disabled, because a disabled button loses the focus. */
  readonly isRunning?: boolean
}

/** For buttons and for links that look like one. At least 44 px high, for gloves. */
export function buttonClass(variant: keyof typeof VARIANT_CLASSES = 'plain'): string {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-plate border-[1.5px] px-3.5 py-2 text-base font-bold no-underline active:translate-y-px disabled:opacity-60 aria-disabled:opacity-60 ${VARIANT_CLASSES[variant]}`
}

export function Button({
  variant = 'plain',
  className = '',
  type = 'button',
  isRunning = false,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={isRunning || undefined}
      className={`${buttonClass(variant)} ${className}`}
      onClick={(event) => {
        // Also keeps the Enter key in a field from submitting the form a second time.
        if (isRunning) event.preventDefault()
        else onClick?.(event)
      }}
      {...rest}
    />
  )
}

/** A square button with an icon; `label` is its accessible name. */
export function IconButton({ label, className = '', ...rest }: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-12 place-items-center rounded-plate border border-line bg-surface text-ink shadow-[0_1px_4px_var(--shade)] hover:bg-raised active:translate-y-px ${className}`}
      {...rest}
    />
  )
}
