export {
  dockerClientsOf,
  endpointOf,
  type DockerClient,
  type DockerContext,
  type Endpoint,
} from './clients-of.js'
export { CLIENT_FACTS, type ClientFact } from './client-facts.js'
export type { ClientInput, ClientOptions, SeenCertificate, SeenFile } from './client-input.js'
export type { ClientCertificate, ServerTrust } from './judge-tls-files.js'
export type { ClientSetting } from './client-settings.js'
export { resolveClient, type ClientAnswer } from './resolve-client.js'
export { homesOf, type Home } from './homes.js'
export { dockerLines, ENVIRONMENT_FILE, HOME_PROFILES, PROFILE_FOLDER, SYSTEM_PROFILES } from './variables.js'
