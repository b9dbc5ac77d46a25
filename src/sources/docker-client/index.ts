/**
 * Reads the files that Docker's command line of the user who asks would open: config.json, contexts, certificates.
 * Takes a path, gives what is there; of a key its public half and mode alone. Follows links, as the client does.
 */
export { clientFile } from './client-file.js'
