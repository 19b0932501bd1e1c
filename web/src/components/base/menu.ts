import type { IconName } from './icons'

export interface MenuItem {
  label: string
  icon: IconName | null
  danger?: boolean
  begins?: boolean // a line stands above it
  action: () => unknown
}
