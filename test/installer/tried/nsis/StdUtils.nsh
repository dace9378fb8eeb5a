# Of the plug-in of this name what electron-builder's script uses in a silent run, in NSIS's own words: the plug-in is
# neither in Debian nor in npm.
!include "FileFunc.nsh"

!macro StdUtilsTestParameter OUT NAME
  ${GetParameters} ${OUT}
  ClearErrors
  ${GetOptions} ${OUT} "--${NAME}" ${OUT}
  IfErrors +3
  StrCpy ${OUT} "true"
  Goto +3
  ClearErrors
  StrCpy ${OUT} "false"
!macroend
!define StdUtils.TestParameter '!insertmacro StdUtilsTestParameter'

!macro StdUtilsGetAllParameters OUT TRUNCATE
  # NSIS takes /D= away from $CMDLINE.
  System::Call 'kernel32::GetCommandLineW() w .s'
  Pop ${OUT}
!macroend
!define StdUtils.GetAllParameters '!insertmacro StdUtilsGetAllParameters'

!macro StdUtilsGetParentPath OUT PATH
  ${GetParent} "${PATH}" ${OUT}
!macroend
!define StdUtils.GetParentPath '!insertmacro StdUtilsGetParentPath'

!macro StdUtilsExecShellAsUser OUT FILE VERB ARGUMENTS
  ExecShell "${VERB}" "${FILE}" "${ARGUMENTS}"
  StrCpy ${OUT} "ok"
!macroend
!define StdUtils.ExecShellAsUser '!insertmacro StdUtilsExecShellAsUser'
