import { checkTests } from '../../../test/kit/check-tests.js'
import { saCloudAdmin } from './sa-cloud-admin.js'

const account = (annotations: object): { manifests: string } => ({
  manifests: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations: ${JSON.stringify(annotations)}
`,
})
const aws = (role: string): { manifests: string } =>
  account({ 'eks.amazonaws.com/role-arn': `arn:aws:iam::111122223333:role/${role}` })
const fails = [{ result: 'fail', severity: 'high', line: 6, fix: 'advice' }] as const

checkTests(saCloudAdmin, [
  { name: 'AdministratorAccess', kind: 'failing', given: aws('eks/AdministratorAccess'), expect: fails },
  { name: 'PowerUserAccess', kind: 'failing', given: aws('PowerUserAccess'), expect: fails },
  { name: 'a role of admins', kind: 'failing', given: aws('platform-admin-role'), expect: fails },
  {
    name: 'an owner of a project',
    kind: 'failing',
    given: account({ 'iam.gke.io/gcp-service-account': 'project-owner@acme.iam.gserviceaccount.com' }),
    expect: fails,
  },
  {
    name: 'a role that says what for',
    kind: 'passing',
    given: aws('AmazonEKS_EBS_CSI_DriverRole'),
    expect: [],
  },
  { name: 'a program called admin', kind: 'odd', given: aws('admin-portal-reader'), expect: [] },
  { name: 'administration is no administrator', kind: 'odd', given: aws('administration-api'), expect: [] },
  {
    name: 'a number says nothing',
    kind: 'odd',
    given: account({ 'azure.workload.identity/client-id': '11111111-2222-3333-4444-555555555555' }),
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: account({ 'eks.amazonaws.com/role-arn': ['arn'] }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
