import { startCluster } from './fleet.js'
import { testNodes } from './matrix.js'

const CLUSTER = {
  appendsOffsets: true,
  recovers: false,
  keepsOrder: true,
  ackOvertakes: true,
  keepsEmits: false,
  hasStore: false,
}

testNodes(
  { ...CLUSTER, name: 'the cluster adapter', carriesBytes: true },
  { start: context => startCluster(context, 3, 'advanced') },
)

testNodes(
  { ...CLUSTER, name: 'the cluster adapter with JSON', carriesBytes: false },
  { start: context => startCluster(context, 2, 'json') },
)
