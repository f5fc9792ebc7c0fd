import type { FastifyInstance } from 'fastify'
import { register as registerBasemap } from '#basemap/routes.ts'
import { jobs as accountJobs } from '#features/accounts/jobs.ts'
import { register as registerAccounts } from '#features/accounts/routes.ts'
import { register as registerAudit } from '#features/accounts/audit/audit-routes.ts'
import { register as registerInvitations } from '#features/accounts/links/platform-invitation-routes.ts'
import { register as registerPeople } from '#features/accounts/people/people-routes.ts'
import { jobs as availabilityJobs } from '#features/availability/jobs.ts'
import { register as registerAvailability } from '#features/availability/routes.ts'
import { startDemo } from '#features/demo/run-demo.ts'
import { jobs as contributionJobs } from '#features/contributions/jobs.ts'
import { register as registerContributions } from '#features/contributions/routes.ts'
import { jobs as mailJobs } from '#features/mail/jobs.ts'
import { register as registerRiderData } from '#features/erasure/routes.ts'
import { jobs as notificationJobs } from '#features/notifications/jobs.ts'
import { register as registerNotifications } from '#features/notifications/routes.ts'
import { register as registerOpenData } from '#features/open-data/routes.ts'
import { register as registerOrganisations } from '#features/organisations/routes.ts'
import { register as registerPlan } from '#features/plan/routes.ts'
import { register as registerReports } from '#features/reports/routes.ts'
import { jobs as sensorJobs } from '#features/sensors/jobs.ts'
import { register as registerSensors } from '#features/sensors/routes.ts'
import { jobs as sourceJobs } from '#features/sources/jobs.ts'
import { register as registerSources } from '#features/sources/routes.ts'
import { jobs as transferJobs } from '#features/transfer/jobs.ts'
import { register as registerTransfer } from '#features/transfer/routes.ts'
import { jobs as zoneJobs } from '#features/zones/jobs.ts'
import { register as registerTokens } from '#features/tokens/routes.ts'
import { register as registerZones } from '#features/zones/routes.ts'
import { jobs as monitoringJobs } from '#features/monitoring/jobs.ts'
import { register as registerMonitoring } from '#features/monitoring/routes.ts'
import { jobs as signOnJobs } from '#features/single-sign-on/jobs.ts'
import { register as registerSignOn } from '#features/single-sign-on/routes.ts'
import type { Job } from '#jobs/job.ts'
import { register as registerLive } from '#live/routes.ts'
import type { Context } from './context.ts'

/** What a feature adds to the service. */
export type Feature = {
  readonly name: string
  /** Registers its routes. */
  readonly register?: (app: FastifyInstance, deps: Context) => unknown
  /** Its periodic work. */
  readonly jobs?: (deps: Context) => readonly Job[]
  /** Starts other work once the service accepts requests. Returns what stops it. Must not throw. */
  readonly start?: (deps: Context) => () => void
}

/** All features, in the order in which their routes are documented. */
export const FEATURES: readonly Feature[] = [
  { name: 'zones', register: registerZones, jobs: zoneJobs },
  { name: 'sources', register: registerSources, jobs: sourceJobs },
  { name: 'open-data', register: registerOpenData },
  { name: 'availability', register: registerAvailability, jobs: availabilityJobs },
  { name: 'reports', register: registerReports },
  { name: 'sensors', register: registerSensors, jobs: sensorJobs },
  { name: 'contributions', register: registerContributions, jobs: contributionJobs },
  { name: 'erasure', register: registerRiderData },
  { name: 'monitoring', register: registerMonitoring, jobs: monitoringJobs },
  { name: 'single-sign-on', register: registerSignOn, jobs: signOnJobs },
  { name: 'mail', jobs: mailJobs },
  { name: 'transfer', register: registerTransfer, jobs: transferJobs },
  { name: 'notifications', register: registerNotifications, jobs: notificationJobs },
  { name: 'plan', register: registerPlan },
  { name: 'accounts', register: registerAccounts, jobs: accountJobs },
  { name: 'tokens', register: registerTokens },
  { name: 'people', register: registerPeople },
  { name: 'invitations', register: registerInvitations },
  { name: 'audit', register: registerAudit },
  { name: 'organisations', register: registerOrganisations },
  { name: 'live', register: registerLive },
  { name: 'basemap', register: registerBasemap },
  { name: 'demo', start: startDemo },
]
