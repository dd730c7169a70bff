VAEReportCommand.runAndExit()
