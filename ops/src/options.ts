export const DATABASES = ['mariadb', 'galera'] as const

export type TopologyOptions = {
  /** Where its data, logs and state lie; absolute. */
  readonly folder: string
  readonly servers: number
  readonly database: (typeof DATABASES)[number]
  readonly cdn: boolean
  /** Port of the load balancer (TLS); 0 for a free one. */
  readonly port: number
  /** Port of the CDN; 0 for a free one. */
  readonly cdnPort: number
  /** Settings of the app servers over those of production, by their names. */
  readonly settings: Readonly<Record<string, string>>
}
