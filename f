Unrecognized VM option 'Bogus'
Error: Could not create the Java Virtual Machine.
Error: A fatal exception has occurred. Program will exit.
