type SegmentsProps<V> = {
  /** The accessible name of the control. */
  readonly legend: string
  readonly name: string
  readonly chosen: V
  readonly options: readonly { readonly value: V; readonly label: string; readonly accessibleName: string }[]
  readonly onChoose: (value: V) => void
}

/** Radio buttons side by side as one control. Each is wide enough for a gloved thumb. */
export function Segments<V extends number>({ legend, name, chosen, options, onChoose }: SegmentsProps<V>) {
  return (
    <fieldset className="m-0 grid auto-cols-fr grid-flow-col rounded-plate border-[1.5px] border-edge bg-surface p-0">
      <legend className="sr-only">{legend}</legend>
      {options.map(({ value, label, accessibleName }) => (
        <label
          key={value}
          className="relative grid min-h-11 cursor-pointer place-items-center rounded-[4px] px-1 font-bold text-center leading-tight hover:bg-raised has-checked:bg-sign has-checked:text-sign-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-[var(--focus)]"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            aria-label={accessibleName}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            onChange={() => onChoose(value)}
          />
          <span aria-hidden="true">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
