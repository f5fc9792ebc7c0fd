import { Component, Suspense, type ReactNode } from 'react'

type Props = {
  readonly fallback: ReactNode
  /** Shown while a lazy child is loading. */
  readonly waiting?: ReactNode
  readonly onFailed?: () => void
  readonly children: ReactNode
}

/** Shows `fallback` if a lazy child cannot be loaded or crashes. React error boundaries must be classes. */
export class FallbackBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.props.onFailed?.()
  }

  override render() {
    const { fallback, waiting, children } = this.props
    return this.state.failed ? fallback : <Suspense fallback={waiting}>{children}</Suspense>
  }
}
