import { makeCertificates } from './certificates.js'

/** Makes the certificates of a test in the folder that is named. */
await makeCertificates(process.argv[2] ?? '.')
