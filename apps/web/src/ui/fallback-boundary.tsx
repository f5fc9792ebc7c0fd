import { Component, type ReactNode } from 'react'

type Props = { readonly fallback: ReactNode; readonly onFailed?: () => void; readonly children: ReactNode }

/** Shows something plain where a part that is loaded later cannot be had. A class because React offers no other way. */
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
