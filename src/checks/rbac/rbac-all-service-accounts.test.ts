import { checkTests } from '../../../test/kit/check-tests.js'
import { wideGrantRows } from '../../../test/kit/wide-grant-rows.js'
import { rbacAllServiceAccounts } from './rbac-all-service-accounts.js'

checkTests(rbacAllServiceAccounts, wideGrantRows({ kind: 'Group', name: 'system:serviceaccounts' }, 'high'))
