; Installer for Windows, made by Inno Setup 6: python -m assemble.windows calls
;   iscc /DAppVersion=... /DBundle=... /DIcon=... /DOutput=... packaging\windows\reckoner.iss
; Installs for one user without administrator's rights, or for all with them. Never run by us.
#ifndef AppVersion
  #error AppVersion is missing: run python -m assemble.windows
#endif

[Setup]
AppId={{6E0F5C0B-5B1D-4B8C-9C53-2C3A4D9E7F11}
AppName=Reckoner
AppVersion={#AppVersion}
AppPublisher=The Reckoner maintainers
DefaultDirName={autopf}\Reckoner
DefaultGroupName=Reckoner
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\reckoner-desktop.exe
ChangesAssociations=yes
OutputDir={#Output}
OutputBaseFilename=reckoner-{#AppVersion}-windows-x86_64-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
TimeStampsInUTC=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; an older version's modules must not be found by a newer one
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Reckoner"; Filename: "{app}\reckoner-desktop.exe"
Name: "{autodesktop}\Reckoner"; Filename: "{app}\reckoner-desktop.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.reckon"; ValueType: string; ValueData: "Reckoner.Plan"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.reckon"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-reckoner-plan+json"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Reckoner.Plan"; ValueType: string; ValueData: "Reckoner plan"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Reckoner.Plan\DefaultIcon"; ValueType: string; ValueData: "{app}\reckoner-desktop.exe,0"
Root: HKA; Subkey: "Software\Classes\Reckoner.Plan\shell\open\command"; ValueType: string; ValueData: """{app}\reckoner-desktop.exe"" ""%1"""

[Run]
Filename: "{app}\reckoner-desktop.exe"; Description: "{cm:LaunchProgram,Reckoner}"; Flags: nowait postinstall skipifsilent
