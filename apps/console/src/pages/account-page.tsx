import { AuthenticatorSection } from '#account/authenticator-section.tsx'
import { IdentitiesSection } from '#account/identities-section.tsx'
import { MembershipsSection } from '#account/memberships-section.tsx'
import { NotificationsSection } from '#account/notifications-section.tsx'
import { PasskeysSection } from '#account/passkeys-section.tsx'
import { PasswordSection } from '#account/password-section.tsx'
import { ProfileSection } from '#account/profile-section.tsx'
import { SessionsSection } from '#account/sessions-section.tsx'
import { useI18n } from '#i18n/i18n.ts'
import { PageHead } from '#parts/page-head.tsx'
import { useTitle } from './use-title.ts'

/** The page for the person's own account. */
export function AccountPage() {
  const { t } = useI18n()
  useTitle(t('account.title'))
  return (
    <div className="grid gap-4">
      <PageHead title={t('account.title')} />
      <ProfileSection />
      <PasskeysSection />
      <PasswordSection />
      <AuthenticatorSection />
      <SessionsSection />
      <NotificationsSection />
      <MembershipsSection />
      <IdentitiesSection />
    </div>
  )
}
