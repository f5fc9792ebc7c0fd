import { buttonClass } from '@kickstand/ui'
import { server } from '#api/call.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from '#parts/icon.tsx'
import { tryOrganisation } from './offered-organisation.ts'
import { Or } from './or.tsx'

/** A link to the identity provider of an organisation, above the other ways to sign in. */
export function OrganisationSignIn({ organisationId }: { readonly organisationId: string }) {
  const { t } = useI18n()
  return (
    <>
      <a
        href={server.organisationSignInAddress(organisationId)}
        className={buttonClass('primary')}
        onClick={() => tryOrganisation(organisationId)}
      >
        <ConsoleIcon name="organisation" />
        {t('signIn.withOrganisation')}
      </a>
      <Or />
    </>
  )
}
