/** A shell command to run on the server. */
export function Command({ children }: { children: string }) {
  return (
    <code
      dir="ltr"
      className="block overflow-x-auto rounded-plate border border-line bg-surface px-2 py-1.5 text-start"
    >
      {children}
    </code>
  )
}
