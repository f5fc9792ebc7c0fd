import { useId } from 'react'

type Option<Value extends string> = {
  readonly value: Value
  readonly label: string
  readonly hint?: string
  readonly isDisabled?: boolean
}

type Props<Value extends string> = {
  readonly legend: string
  readonly chosen: Value | null
  readonly options: readonly Option<Value>[]
  readonly onChoose: (value: Value) => void
}

/** Radio buttons, each with a line that explains it. */
export function Choice<Value extends string>({ legend, chosen, options, onChoose }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-bold">{legend}</legend>
      {options.map(({ value, label, hint, isDisabled = false }) => (
        <label
          key={value}
          className="flex min-h-11 cursor-pointer gap-3 rounded-plate border-[1.5px] border-edge bg-surface px-3 py-2 has-checked:border-sign has-checked:bg-tint has-disabled:cursor-default has-disabled:text-ink-soft"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            disabled={isDisabled}
            aria-describedby={hint === undefined ? undefined : `${name}${value}`}
            aria-label={label}
            className="mt-1 size-4 flex-none accent-[var(--sign)]"
            onChange={() => onChoose(value)}
          />
          <span className="grid min-w-0">
            <span className="font-bold">{label}</span>
            {hint !== undefined && (
              <span id={`${name}${value}`} className="text-sm text-ink-soft">
                {hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
