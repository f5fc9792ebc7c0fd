export const DATABASES = ['mariadb', 'galera'] as const

export type TopologyOptions = {
  /** Absolute path of the folder for its data, logs and state. */
  readonly folder: string
  readonly servers: number
  readonly database: (typeof DATABASES)[number]
  readonly cdn: boolean
  /** Port of the load balancer (TLS); 0 for a free one. */
  readonly port: number
  /** Port of the CDN; 0 for a free one. */
  readonly cdnPort: number
  /** Settings of the app servers by name; they override the production defaults. */
  readonly settings: Readonly<Record<string, string>>
}
