export {
  dockerClientsOf,
  endpointOf,
  type DockerClient,
  type DockerContext,
  type Endpoint,
} from './clients-of.js'
export { homesOf, type Home } from './homes.js'
export { dockerLines, ENVIRONMENT_FILE, HOME_PROFILES, PROFILE_FOLDER, SYSTEM_PROFILES } from './variables.js'
