// What helps on every page where there is JavaScript; without it every page works as well.

import { fillEmail } from "./sign_in.js";

fillEmail();
