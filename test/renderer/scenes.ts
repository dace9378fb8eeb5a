// Every state the reception screen can be in, as the agent would send it, of one part of the screen in each file. All people are
// invented.
import type { Reception } from '../../src-main/contract/reception.ts'
import { auditScenes } from './audit-scenes.ts'
import { capScenes } from './cap-scenes.ts'
import { counterScenes } from './counter-scenes.ts'
import { firstRunScenes } from './first-run-scenes.ts'
import { listScenes } from './list-scenes.ts'
import { pageScenes } from './page-scenes.ts'
import { pastScenes } from './past-scenes.ts'
import { printScenes } from './print-scenes.ts'
import { questionScenes } from './question-scenes.ts'
import { resultScenes } from './result-scenes.ts'
import { at, empty } from './scene-desk.ts'
import { answered, benefit, child, child5, localBenefit, nothing, oneParent, patient, visit } from './scene-parts.ts'
import { selfTestScenes } from './self-test-scenes.ts'
import { settingScenes } from './settings-scenes.ts'
import { staffScenes } from './staff-scenes.ts'
import { trainingScenes } from './training-scenes.ts'

export const scenes = {
  ...counterScenes,
  ...resultScenes,
  ...questionScenes,
  ...listScenes,
  ...pageScenes,
  ...settingScenes(empty),
  ...staffScenes(empty),
  ...selfTestScenes(empty),
  ...firstRunScenes(empty),
  ...pastScenes(empty),
  ...auditScenes(empty),
  ...trainingScenes(empty),
  ...capScenes(empty, at(answered)),
  ...printScenes(
    at(
      {
        ...answered,
        answers: {
          ...nothing,
          medicalSubsidy: {
            state: 'present',
            items: [
              benefit,
              { ...child, additionalConditions: '01-02;03-01' },
              oneParent,
              {
                ...benefit,
                certificateTypeId: 'SEISHIN21',
                certificateName: '自立支援医療受給者証（精神通院）',
                payerNumber: '21136000',
                recipientNumber: '2101602',
                monthlyCapYen: 5_000,
              },
              {
                ...localBenefit,
                validFrom: '2025-12-01',
                validTo: '2026-11-30',
                certificateName: '重度心身障害者等医療費助成受給者証（本人・扶養義務者の所得による区分あり）',
                designatedInstitutions: [
                  '社会医療法人財団 八王子まんなか総合病院 附属クリニック',
                  'トレーニング診療所',
                  '窓口薬局',
                ],
              },
            ],
          },
        },
      },
      {
        held: [
          benefit,
          {
            ...child,
            certificateTypeId: 'MARUKO',
            certificateName: '小児慢性特定疾病医療受給者証',
            payerNumber: '52136017',
          },
        ],
        choices: ['leave'],
      },
    ),
    at(child5),
    at({ ...visit, state: 'offline', patient, answers: null, failure: { code: 'HUB_UNREACHABLE' } }),
  ),
} as const satisfies Record<string, Reception>
