/**
 * Every path of the API, built in one place. Exported as the namespace `paths`, of which a bundler keeps only the
 * functions that a page uses.
 */
export const nearby = (): string => '/v1/zones/nearby'
export const zones = (): string => '/v1/zones'
export const zonesCsv = (): string => '/v1/zones.csv'
export const zoneChanges = (): string => '/v1/zones/changes'
export const zone = (id: string): string => `/v1/zones/${id}`
export const zoneForecast = (id: string): string => `/v1/zones/${id}/forecast`
export const zoneReports = (id: string): string => `/v1/zones/${id}/reports`
export const zoneContributions = (id: string): string => `/v1/zones/${id}/contributions`
export const zoneQuestions = (id: string): string => `/v1/zones/${id}/questions`
export const zonePhotos = (id: string): string => `/v1/zones/${id}/photos`
export const photo = (id: string): string => `/v1/photos/${id}`
export const me = (): string => '/v1/riders/me'
export const myExport = (): string => '/v1/riders/me/export'
export const myContributions = (): string => '/v1/riders/me/contributions'
export const myContribution = (id: string): string => `/v1/riders/me/contributions/${id}`
export const myNotifications = (): string => '/v1/riders/me/notifications'
export const myNotificationsRead = (): string => '/v1/riders/me/notifications/read'
export const myNotificationPreferences = (): string => '/v1/riders/me/notification-preferences'
export const myPushSubscriptions = (): string => '/v1/riders/me/push-subscriptions'
export const myPushSubscription = (id: string): string => `/v1/riders/me/push-subscriptions/${id}`
export const reports = (): string => '/v1/reports'
export const report = (id: string): string => `/v1/reports/${id}`
export const plan = (): string => '/v1/plan'
export const sources = (): string => '/v1/sources'
export const feedReadings = (id: string): string => `/v1/feeds/${id}/readings`
export const signInPassword = (): string => '/v1/sign-in/password'
export const signInPasskeyOptions = (): string => '/v1/sign-in/passkey/options'
export const signInPasskey = (): string => '/v1/sign-in/passkey'
export const signInProvider = (organisationId: string): string => `/v1/sign-in/organisations/${organisationId}`
export const signInProviderCallback = (): string => '/v1/sign-in/callback'
export const ownIdentities = (): string => '/v1/account/identities'
export const ownIdentity = (organisationId: string): string => `/v1/account/identities/${organisationId}`
export const signOut = (): string => '/v1/sign-out'
export const linkRead = (): string => '/v1/links/read'
export const linkPasskeyOptions = (): string => '/v1/links/passkey-options'
export const linkAccept = (): string => '/v1/links/accept'
export const linkDecline = (): string => '/v1/links/decline'
export const ownAccount = (): string => '/v1/account'
export const ownPassword = (): string => '/v1/account/password'
export const ownPasskeyOptions = (): string => '/v1/account/passkeys/options'
export const ownPasskeys = (): string => '/v1/account/passkeys'
export const ownPasskey = (id: string): string => `/v1/account/passkeys/${id}`
export const ownAuthenticator = (): string => '/v1/account/authenticator'
export const ownAuthenticatorConfirmation = (): string => '/v1/account/authenticator/confirmation'
export const ownRecoveryCodes = (): string => '/v1/account/recovery-codes'
export const ownSessions = (): string => '/v1/account/sessions'
export const ownSession = (id: string): string => `/v1/account/sessions/${id}`
export const stepUpOptions = (): string => '/v1/account/step-up/options'
export const stepUp = (): string => '/v1/account/step-up'
export const ownMemberships = (): string => '/v1/account/memberships'
export const ownMembership = (organisationId: string): string => `/v1/account/memberships/${organisationId}`
export const ownNotifications = (): string => '/v1/account/notifications'
export const ownNotificationsRead = (): string => '/v1/account/notifications/read'
export const ownNotificationPreferences = (): string => '/v1/account/notification-preferences'
export const ownPushSubscriptions = (): string => '/v1/account/push-subscriptions'
export const ownPushSubscription = (id: string): string => `/v1/account/push-subscriptions/${id}`
export const pushKey = (): string => '/v1/push/key'
export const notificationStop = (secret: string): string => `/v1/notifications/stop/${secret}`
export const accounts = (): string => '/v1/accounts'
export const account = (id: string): string => `/v1/accounts/${id}`
export const accountRoles = (id: string): string => `/v1/accounts/${id}/roles`
export const accountSuspension = (id: string): string => `/v1/accounts/${id}/suspension`
export const accountSessions = (id: string): string => `/v1/accounts/${id}/sessions`
export const accountRecovery = (id: string): string => `/v1/accounts/${id}/recovery`
export const invitations = (): string => '/v1/invitations'
export const invitation = (id: string): string => `/v1/invitations/${id}`
export const organisations = (): string => '/v1/organisations'
export const organisation = (id: string): string => `/v1/organisations/${id}`
export const members = (organisationId: string): string => `/v1/organisations/${organisationId}/members`
export const member = (organisationId: string, accountId: string): string =>
  `/v1/organisations/${organisationId}/members/${accountId}`
export const memberRecovery = (organisationId: string, accountId: string): string =>
  `/v1/organisations/${organisationId}/members/${accountId}/recovery`
export const memberInvitations = (organisationId: string): string => `/v1/organisations/${organisationId}/invitations`
export const memberInvitation = (organisationId: string, id: string): string =>
  `/v1/organisations/${organisationId}/invitations/${id}`
export const tokens = (organisationId: string): string => `/v1/organisations/${organisationId}/tokens`
export const token = (organisationId: string, id: string): string => `/v1/organisations/${organisationId}/tokens/${id}`
export const tokenRoll = (organisationId: string, id: string): string =>
  `/v1/organisations/${organisationId}/tokens/${id}/roll`
export const audit = (): string => '/v1/audit'
export const monitoringFigures = (): string => '/v1/monitoring/figures'
export const live = (): string => '/v1/live'
export const zoneTile = (z: number | string, x: number | string, y: number | string): string =>
  `/v1/tiles/zones/${z}/${x}/${y}.mvt`
export const ogc = (): string => '/ogc'
export const ogcConformance = (): string => '/ogc/conformance'
export const ogcCollections = (): string => '/ogc/collections'
export const ogcZones = (): string => '/ogc/collections/zones'
export const ogcItems = (): string => '/ogc/collections/zones/items'
export const ogcItem = (id: string): string => `/ogc/collections/zones/items/${id}`
export const appConfig = (): string => '/v1/app-config'
export const openapi = (): string => '/openapi.json'
export const healthz = (): string => '/healthz'
export const readyz = (): string => '/readyz'
