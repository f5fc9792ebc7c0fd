import { Component, type ReactNode } from 'react'

type Props = { readonly fallback: ReactNode; readonly onFailed?: () => void; readonly children: ReactNode }

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
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
