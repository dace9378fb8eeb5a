# What our Windows installer does besides electron-builder's own script, which calls these macros (`nsis.include`): a desk
# that runs is ended in order, no way back to an older version, settings for the whole computer, starting with Windows, and
# what becomes of the data.
# For clinic IT: docs/install.md.

!include "FileFunc.nsh"
!include "WordFunc.nsh"

!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define DUMPS_KEY "Software\Microsoft\Windows\Windows Error Reporting\ExcludedApplications"

# Exit codes of a refusal, before anything was changed.
!define NEWER_IS_INSTALLED 3
!define SETTINGS_UNREADABLE 4
!define MSI_IS_INSTALLED 5
!define STILL_RUNNING 6

!ifndef BUILD_UNINSTALLER
  Var installedVersion # of what is there already; empty: nothing is
!endif

!macro refuse CODE TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

# Whether the program runs, for any user: "0" in OUT.
!macro isRunning OUT
  nsExec::Exec `"$SYSDIR\cmd.exe" /C tasklist /FI "IMAGENAME eq ${APP_EXECUTABLE_FILENAME}" /FO CSV /NH | "$SYSDIR\findstr.exe" /I "${APP_EXECUTABLE_FILENAME}"`
  Pop ${OUT}
!macroend

!macro waitUntilEnded SECONDS
  StrCpy $R1 0
  ${do}
    !insertmacro isRunning $R0
    ${if} $R0 != "0"
    ${orIf} $R1 >= ${SECONDS}
      ${exitDo}
    ${endif}
    Sleep 1000
    IntOp $R1 $R1 + 1
  ${loop}
!macroend

# electron-builder's own closes the window, which leaves our agent at work, and then kills.
!macro customCheckAppRunning
  !insertmacro isRunning $R0
  ${if} $R0 == "0"
    ${if} ${Cmd} `MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "窓口が動いています。終了して続けます。$\r$\n$\r$\n受付の途中のときは、キャンセルを押してください。" /SD IDOK IDCANCEL`
      SetErrorLevel ${STILL_RUNNING}
      Quit
    ${endif}
    # What Windows tells a window at log-off (WM_ENDSESSION): the agent stops in order.
    FindWindow $R1 "" "窓口"
    ${if} $R1 <> 0
      SendMessage $R1 0x16 1 1 /TIMEOUT=5000
      !insertmacro waitUntilEnded 15
    ${endif}
    # Another user's, one without a window, or one that does not end: nothing that was confirmed is lost by that.
    ${if} $R0 == "0"
      nsExec::Exec '"$SYSDIR\taskkill.exe" /F /IM "${APP_EXECUTABLE_FILENAME}"'
      Pop $R1
      !insertmacro waitUntilEnded 15
    ${endif}
    ${if} $R0 == "0"
      !insertmacro refuse ${STILL_RUNNING} "窓口を終了できませんでした。コンピューターを再起動してから、もう一度実行してください。"
    ${endif}
  ${endif}
!macroend

!macro customInit
  InitPluginsDir
  ClearErrors
  ReadRegStr $installedVersion HKLM "${UNINSTALL_REGISTRY_KEY}" DisplayVersion
  ${if} $installedVersion != ""
    ${VersionCompare} $installedVersion "${VERSION}" $R0
    ${if} $R0 == 1
      !insertmacro refuse ${NEWER_IS_INSTALLED} \
        "新しい版（$installedVersion）が入っているため、${VERSION} には戻せません。データは変わっていません。"
    ${endif}
  ${endif}

  ReadRegStr $R0 HKLM "Software\${PRODUCT_NAME}" InstalledBy
  ${if} $R0 == "MSI"
    !insertmacro refuse ${MSI_IS_INSTALLED} "MSI で入れた窓口があります。先にそれを削除してください。受付のデータは残ります。"
  ${endif}

  # The old version goes with its folder before the new one comes.
  ${if} $perMachineInstallationFolder != ""
    CopyFiles /SILENT "$perMachineInstallationFolder\settings.json" "$PLUGINSDIR\settings.json"
    ClearErrors
  ${endif}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/SETTINGS=" $R1
  ${if} ${Errors}
    # As PowerShell passes a path with spaces: "/SETTINGS=C:\a path"
    ClearErrors
    ${WordFind2X} $R0 '"/SETTINGS=' '"' "E+1" $R1
  ${endif}
  ${ifNot} ${Errors}
    ClearErrors
    GetFullPathName $R1 "$R1"
    CopyFiles /SILENT "$R1" "$PLUGINSDIR\settings.json"
    ${if} ${Errors}
    ${orIfNot} ${FileExists} "$R1"
      !insertmacro refuse ${SETTINGS_UNREADABLE} "設定ファイル $R1 を読めません。パスを確認してください。"
    ${endif}
  ${endif}
  ClearErrors
!macroend

!macro customInstall
  # Beside the program only administrators can write: nobody else sets another user's hub.
  ${if} ${FileExists} "$PLUGINSDIR\settings.json"
    CopyFiles /SILENT "$PLUGINSDIR\settings.json" "$INSTDIR\settings.json"
  ${endif}

  # Once chosen, it stays chosen: a newer version asks nothing and changes nothing.
  ${GetParameters} $R0
  ${GetOptions} $R0 "/AUTOSTART=" $R1
  ${if} ${Errors}
    StrCpy $R1 ""
    ${if} $installedVersion == ""
      StrCpy $R1 "1"
    ${endif}
  ${endif}
  ${if} $R1 == "1"
    WriteRegStr HKLM "${RUN_KEY}" "${PRODUCT_NAME}" '"$appExe" --at-log-on'
  ${elseif} $R1 == "0"
    DeleteRegValue HKLM "${RUN_KEY}" "${PRODUCT_NAME}"
  ${endif}

  # A dump of its memory would hold patients' data and the database's key: Windows neither keeps nor sends one.
  WriteRegDWORD HKLM "${DUMPS_KEY}" "${APP_EXECUTABLE_FILENAME}" 1

  # electron-builder's script has laid itself into the administrator's profile, for an updater. There is none.
  SetShellVarContext current
  Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  ${GetParent} "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}" $R0
  RMDir "$R0"
  SetShellVarContext all
  ClearErrors
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegValue HKLM "${RUN_KEY}" "${PRODUCT_NAME}"
    DeleteRegValue HKLM "${DUMPS_KEY}" "${APP_EXECUTABLE_FILENAME}"
    ClearErrors
    ${GetParameters} $R0
    ${GetOptions} $R0 "/WIPE" $R1
    ${if} ${Errors}
      ClearErrors
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
        "受付のデータも削除しますか。$\r$\n$\r$\nこのコンピューターのすべての利用者のデータを消します。元には戻せません。" /SD IDNO IDNO keepData
    ${endif}
    !insertmacro wipeData
    keepData:
  ${endif}
!macroend

# The data folder of every user of this computer. One that was put elsewhere (--data, MADOGUCHI_DATA) is not known here.
!macro wipeData
  StrCpy $R2 0
  ${do}
    EnumRegKey $R3 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList" $R2
    ${if} $R3 == ""
      ${exitDo}
    ${endif}
    ReadRegStr $R4 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$R3" ProfileImagePath
    ExpandEnvStrings $R4 "$R4"
    ${if} $R4 != ""
      # Not RMDir: a user may have linked the folder to anywhere, and this runs with an administrator's rights. rd takes a
      # link away and leaves what it leads to.
      nsExec::Exec '"$SYSDIR\cmd.exe" /C rd /s /q "$R4\AppData\Local\${PRODUCT_FILENAME}"'
      Pop $R5
    ${endif}
    IntOp $R2 $R2 + 1
  ${loop}
  ClearErrors
!macroend
