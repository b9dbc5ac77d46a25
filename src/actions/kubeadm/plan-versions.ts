import setup from '../../../data/kubeadm-setup.json' with { type: 'json' }

interface Since {
  readonly since: string
  readonly version: string
}

/** The version of kubeadm's own configuration that its minor reads and does not call deprecated. */
export function kubeadmApi(minor: number): string {
  return inForce(setup.kubeadm, minor) ?? ''
}

/** Whether flags are a list of names and values (v1beta4) or a map (v1beta3). */
export function argumentsAreList(minor: number): boolean {
  return kubeadmApi(minor).endsWith('/v1beta4')
}

/** The version of AuthenticationConfiguration that can limit anonymous requests; undefined where none can. */
export function authenticationApi(minor: number): string | undefined {
  return inForce(setup.authenticationConfiguration, minor)
}

function inForce(rows: readonly Since[], minor: number): string | undefined {
  return rows.findLast(({ since }) => Number(since.slice(2)) <= minor)?.version
}
