import type { ComponentProps } from 'react'

const LOOKS = {
  primary: 'bg-sign text-sign-ink border-sign hover:brightness-110',
  plain: 'bg-surface text-ink border-edge hover:bg-raised',
  quiet: 'bg-transparent text-link border-transparent hover:bg-raised',
} as const

type ButtonProps = ComponentProps<'button'> & { readonly look?: keyof typeof LOOKS }

/** Shared by buttons and by links that look like one. At least 44 px high: gloves. */
export function buttonClass(look: keyof typeof LOOKS = 'plain'): string {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-plate border-[1.5px] px-3.5 py-2 text-base font-bold no-underline active:translate-y-px disabled:opacity-60 ${LOOKS[look]}`
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />
}

/** A square button with a picture; `label` is its name. */
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
