// What helps on the page of a visit.

import { openPhotosInBox } from "./light_box.js";

openPhotosInBox();
