/** A control of the CIS Kubernetes Benchmark by number (v1.12); its text is not free and not repeated. */
export const cis = (control: string): string => `CIS Kubernetes Benchmark v1.12, ${control}`

/** A control of the CIS Docker Benchmark by number. */
export const cisDocker = (control: string): string => `CIS Docker Benchmark, ${control}`

/** A page of the Kubernetes documentation. */
export const kubernetesDocs = (path: string): string => `https://kubernetes.io/docs/${path}`

/** A page of the Docker documentation. */
export const dockerDocs = (path: string): string => `https://docs.docker.com/${path}`

/** NSA and CISA Kubernetes Hardening Guidance, by topic. */
export const nsa = (topic: string): string => `NSA/CISA Kubernetes Hardening Guidance: ${topic}`

/** The DISA Security Technical Implementation Guide for Kubernetes, by topic. */
export const stig = (topic: string): string => `DISA Kubernetes STIG: ${topic}`

/** A control of the Pod Security Standards. */
export const podSecurity = (control: string): string =>
  `https://kubernetes.io/docs/concepts/security/pod-security-standards/ (${control})`
