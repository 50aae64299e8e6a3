// Generated from execution-report.schema.ts by `npm run generate`. Do not edit.
"use strict";
module.exports = validate10;
module.exports.default = validate10;
const schema11 = {"$id":"ExecutionReport","type":"object","required":["specversion","id","source","type","time","data"],"properties":{"specversion":{"const":"1.0"},"id":{"type":"string","minLength":1,"maxLength":256,"description":"The executor's own: a report that is sent again has the same one."},"source":{"const":"refund-executor"},"type":{"const":"executor.report.v1"},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$","description":"When it became so: ISO 8601."},"data":{"type":"object","required":["storeId","orderNo","returnRequestId","attempt","sequence","status","currencyCode","amount"],"properties":{"storeId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"As in the request."},"orderNo":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$","description":"As in the request."},"returnRequestId":{"type":"string","pattern":"^RETREQ[0-9A-HJKMNP-TV-Z]{26}$","description":"As in the request."},"attempt":{"type":"integer","minimum":1,"maximum":1000000,"description":"As in the request."},"sequence":{"type":"integer","minimum":1,"maximum":1000000,"description":"The reports of an attempt are numbered from 1. Of two, the one with the higher number counts."},"status":{"enum":["PENDING","SUCCEEDED","FAILED"],"description":"FAILED promises that nothing was paid and that nothing will be, so that another attempt is safe."},"currencyCode":{"enum":["AED","AFN","ALL","AMD","ANG","AOA","ARS","AUD","AWG","AZN","BAM","BBD","BDT","BGN","BHD","BIF","BMD","BND","BOB","BOV","BRL","BSD","BTN","BWP","BYN","BZD","CAD","CDF","CHE","CHF","CHW","CLF","CLP","CNY","COP","COU","CRC","CUP","CVE","CZK","DJF","DKK","DOP","DZD","EGP","ERN","ETB","EUR","FJD","FKP","GBP","GEL","GHS","GIP","GMD","GNF","GTQ","GYD","HKD","HNL","HTG","HUF","IDR","ILS","INR","IQD","IRR","ISK","JMD","JOD","JPY","KES","KGS","KHR","KMF","KPW","KRW","KWD","KYD","KZT","LAK","LBP","LKR","LRD","LSL","LYD","MAD","MDL","MGA","MKD","MMK","MNT","MOP","MRU","MUR","MVR","MWK","MXN","MXV","MYR","MZN","NAD","NGN","NIO","NOK","NPR","NZD","OMR","PAB","PEN","PGK","PHP","PKR","PLN","PYG","QAR","RON","RSD","RUB","RWF","SAR","SBD","SCR","SDG","SEK","SGD","SHP","SLE","SOS","SRD","SSP","STN","SVC","SYP","SZL","THB","TJS","TMT","TND","TOP","TRY","TTD","TWD","TZS","UAH","UGX","USD","USN","UYI","UYU","UYW","UZS","VED","VES","VND","VUV","WST","XAF","XCD","XCG","XOF","XPF","YER","ZAR","ZMW","ZWG"],"description":"As in the request."},"amount":{"type":"number","minimum":0,"maximum":999999999999999,"description":"As in the request: in major units."},"failureReason":{"type":"string","pattern":"^[A-Z][A-Z0-9_]{0,63}$","description":"Why it failed, as a code such as ACCOUNT_CLOSED. Merchants see it."},"pspReference":{"type":"string","pattern":"^[!-~]{1,128}$","description":"What the PSP calls the refund."},"settlement":{"enum":["VOIDED","REFUNDED"],"description":"Of a void that succeeded: whether the authorization was released, or money that was captured refunded."}}}}};
const func2 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$", "u");
const pattern1 = new RegExp("^[A-Za-z0-9._-]{1,64}$", "u");
const pattern3 = new RegExp("^RETREQ[0-9A-HJKMNP-TV-Z]{26}$", "u");
const pattern4 = new RegExp("^[A-Z][A-Z0-9_]{0,63}$", "u");
const pattern5 = new RegExp("^[!-~]{1,128}$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ExecutionReport" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.specversion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "specversion"},message:"must have required property '"+"specversion"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.id === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.source === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.type === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.time === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "time"},message:"must have required property '"+"time"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.data === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "data"},message:"must have required property '"+"data"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.specversion !== undefined){
if("1.0" !== data.specversion){
const err6 = {instancePath:instancePath+"/specversion",schemaPath:"#/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.id !== undefined){
let data1 = data.id;
if(typeof data1 === "string"){
if(func2(data1) > 256){
const err7 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func2(data1) < 1){
const err8 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.source !== undefined){
if("refund-executor" !== data.source){
const err10 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/const",keyword:"const",params:{allowedValue: "refund-executor"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.type !== undefined){
if("executor.report.v1" !== data.type){
const err11 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "executor.report.v1"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.time !== undefined){
let data4 = data.time;
if(typeof data4 === "string"){
if(!pattern0.test(data4)){
const err12 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$"+"\""};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.data !== undefined){
let data5 = data.data;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.storeId === undefined){
const err14 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "storeId"},message:"must have required property '"+"storeId"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5.orderNo === undefined){
const err15 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "orderNo"},message:"must have required property '"+"orderNo"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data5.returnRequestId === undefined){
const err16 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "returnRequestId"},message:"must have required property '"+"returnRequestId"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data5.attempt === undefined){
const err17 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "attempt"},message:"must have required property '"+"attempt"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5.sequence === undefined){
const err18 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "sequence"},message:"must have required property '"+"sequence"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data5.status === undefined){
const err19 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data5.currencyCode === undefined){
const err20 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "currencyCode"},message:"must have required property '"+"currencyCode"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data5.amount === undefined){
const err21 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "amount"},message:"must have required property '"+"amount"+"'"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data5.storeId !== undefined){
let data6 = data5.storeId;
if(typeof data6 === "string"){
if(!pattern1.test(data6)){
const err22 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/properties/data/properties/storeId/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/data/storeId",schemaPath:"#/properties/data/properties/storeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data5.orderNo !== undefined){
let data7 = data5.orderNo;
if(typeof data7 === "string"){
if(!pattern1.test(data7)){
const err24 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/properties/data/properties/orderNo/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._-]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/data/orderNo",schemaPath:"#/properties/data/properties/orderNo/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data5.returnRequestId !== undefined){
let data8 = data5.returnRequestId;
if(typeof data8 === "string"){
if(!pattern3.test(data8)){
const err26 = {instancePath:instancePath+"/data/returnRequestId",schemaPath:"#/properties/data/properties/returnRequestId/pattern",keyword:"pattern",params:{pattern: "^RETREQ[0-9A-HJKMNP-TV-Z]{26}$"},message:"must match pattern \""+"^RETREQ[0-9A-HJKMNP-TV-Z]{26}$"+"\""};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/data/returnRequestId",schemaPath:"#/properties/data/properties/returnRequestId/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data5.attempt !== undefined){
let data9 = data5.attempt;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err28 = {instancePath:instancePath+"/data/attempt",schemaPath:"#/properties/data/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000000 || isNaN(data9)){
const err29 = {instancePath:instancePath+"/data/attempt",schemaPath:"#/properties/data/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data9 < 1 || isNaN(data9)){
const err30 = {instancePath:instancePath+"/data/attempt",schemaPath:"#/properties/data/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data5.sequence !== undefined){
let data10 = data5.sequence;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err31 = {instancePath:instancePath+"/data/sequence",schemaPath:"#/properties/data/properties/sequence/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000 || isNaN(data10)){
const err32 = {instancePath:instancePath+"/data/sequence",schemaPath:"#/properties/data/properties/sequence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err33 = {instancePath:instancePath+"/data/sequence",schemaPath:"#/properties/data/properties/sequence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
if(data5.status !== undefined){
let data11 = data5.status;
if(!(((data11 === "PENDING") || (data11 === "SUCCEEDED")) || (data11 === "FAILED"))){
const err34 = {instancePath:instancePath+"/data/status",schemaPath:"#/properties/data/properties/status/enum",keyword:"enum",params:{allowedValues: schema11.properties.data.properties.status.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data5.currencyCode !== undefined){
let data12 = data5.currencyCode;
if(!((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data12 === "AED") || (data12 === "AFN")) || (data12 === "ALL")) || (data12 === "AMD")) || (data12 === "ANG")) || (data12 === "AOA")) || (data12 === "ARS")) || (data12 === "AUD")) || (data12 === "AWG")) || (data12 === "AZN")) || (data12 === "BAM")) || (data12 === "BBD")) || (data12 === "BDT")) || (data12 === "BGN")) || (data12 === "BHD")) || (data12 === "BIF")) || (data12 === "BMD")) || (data12 === "BND")) || (data12 === "BOB")) || (data12 === "BOV")) || (data12 === "BRL")) || (data12 === "BSD")) || (data12 === "BTN")) || (data12 === "BWP")) || (data12 === "BYN")) || (data12 === "BZD")) || (data12 === "CAD")) || (data12 === "CDF")) || (data12 === "CHE")) || (data12 === "CHF")) || (data12 === "CHW")) || (data12 === "CLF")) || (data12 === "CLP")) || (data12 === "CNY")) || (data12 === "COP")) || (data12 === "COU")) || (data12 === "CRC")) || (data12 === "CUP")) || (data12 === "CVE")) || (data12 === "CZK")) || (data12 === "DJF")) || (data12 === "DKK")) || (data12 === "DOP")) || (data12 === "DZD")) || (data12 === "EGP")) || (data12 === "ERN")) || (data12 === "ETB")) || (data12 === "EUR")) || (data12 === "FJD")) || (data12 === "FKP")) || (data12 === "GBP")) || (data12 === "GEL")) || (data12 === "GHS")) || (data12 === "GIP")) || (data12 === "GMD")) || (data12 === "GNF")) || (data12 === "GTQ")) || (data12 === "GYD")) || (data12 === "HKD")) || (data12 === "HNL")) || (data12 === "HTG")) || (data12 === "HUF")) || (data12 === "IDR")) || (data12 === "ILS")) || (data12 === "INR")) || (data12 === "IQD")) || (data12 === "IRR")) || (data12 === "ISK")) || (data12 === "JMD")) || (data12 === "JOD")) || (data12 === "JPY")) || (data12 === "KES")) || (data12 === "KGS")) || (data12 === "KHR")) || (data12 === "KMF")) || (data12 === "KPW")) || (data12 === "KRW")) || (data12 === "KWD")) || (data12 === "KYD")) || (data12 === "KZT")) || (data12 === "LAK")) || (data12 === "LBP")) || (data12 === "LKR")) || (data12 === "LRD")) || (data12 === "LSL")) || (data12 === "LYD")) || (data12 === "MAD")) || (data12 === "MDL")) || (data12 === "MGA")) || (data12 === "MKD")) || (data12 === "MMK")) || (data12 === "MNT")) || (data12 === "MOP")) || (data12 === "MRU")) || (data12 === "MUR")) || (data12 === "MVR")) || (data12 === "MWK")) || (data12 === "MXN")) || (data12 === "MXV")) || (data12 === "MYR")) || (data12 === "MZN")) || (data12 === "NAD")) || (data12 === "NGN")) || (data12 === "NIO")) || (data12 === "NOK")) || (data12 === "NPR")) || (data12 === "NZD")) || (data12 === "OMR")) || (data12 === "PAB")) || (data12 === "PEN")) || (data12 === "PGK")) || (data12 === "PHP")) || (data12 === "PKR")) || (data12 === "PLN")) || (data12 === "PYG")) || (data12 === "QAR")) || (data12 === "RON")) || (data12 === "RSD")) || (data12 === "RUB")) || (data12 === "RWF")) || (data12 === "SAR")) || (data12 === "SBD")) || (data12 === "SCR")) || (data12 === "SDG")) || (data12 === "SEK")) || (data12 === "SGD")) || (data12 === "SHP")) || (data12 === "SLE")) || (data12 === "SOS")) || (data12 === "SRD")) || (data12 === "SSP")) || (data12 === "STN")) || (data12 === "SVC")) || (data12 === "SYP")) || (data12 === "SZL")) || (data12 === "THB")) || (data12 === "TJS")) || (data12 === "TMT")) || (data12 === "TND")) || (data12 === "TOP")) || (data12 === "TRY")) || (data12 === "TTD")) || (data12 === "TWD")) || (data12 === "TZS")) || (data12 === "UAH")) || (data12 === "UGX")) || (data12 === "USD")) || (data12 === "USN")) || (data12 === "UYI")) || (data12 === "UYU")) || (data12 === "UYW")) || (data12 === "UZS")) || (data12 === "VED")) || (data12 === "VES")) || (data12 === "VND")) || (data12 === "VUV")) || (data12 === "WST")) || (data12 === "XAF")) || (data12 === "XCD")) || (data12 === "XCG")) || (data12 === "XOF")) || (data12 === "XPF")) || (data12 === "YER")) || (data12 === "ZAR")) || (data12 === "ZMW")) || (data12 === "ZWG"))){
const err35 = {instancePath:instancePath+"/data/currencyCode",schemaPath:"#/properties/data/properties/currencyCode/enum",keyword:"enum",params:{allowedValues: schema11.properties.data.properties.currencyCode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data5.amount !== undefined){
let data13 = data5.amount;
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 999999999999999 || isNaN(data13)){
const err36 = {instancePath:instancePath+"/data/amount",schemaPath:"#/properties/data/properties/amount/maximum",keyword:"maximum",params:{comparison: "<=", limit: 999999999999999},message:"must be <= 999999999999999"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err37 = {instancePath:instancePath+"/data/amount",schemaPath:"#/properties/data/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/data/amount",schemaPath:"#/properties/data/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data5.failureReason !== undefined){
let data14 = data5.failureReason;
if(typeof data14 === "string"){
if(!pattern4.test(data14)){
const err39 = {instancePath:instancePath+"/data/failureReason",schemaPath:"#/properties/data/properties/failureReason/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Z0-9_]{0,63}$"},message:"must match pattern \""+"^[A-Z][A-Z0-9_]{0,63}$"+"\""};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/data/failureReason",schemaPath:"#/properties/data/properties/failureReason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data5.pspReference !== undefined){
let data15 = data5.pspReference;
if(typeof data15 === "string"){
if(!pattern5.test(data15)){
const err41 = {instancePath:instancePath+"/data/pspReference",schemaPath:"#/properties/data/properties/pspReference/pattern",keyword:"pattern",params:{pattern: "^[!-~]{1,128}$"},message:"must match pattern \""+"^[!-~]{1,128}$"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/data/pspReference",schemaPath:"#/properties/data/properties/pspReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data5.settlement !== undefined){
let data16 = data5.settlement;
if(!((data16 === "VOIDED") || (data16 === "REFUNDED"))){
const err43 = {instancePath:instancePath+"/data/settlement",schemaPath:"#/properties/data/properties/settlement/enum",keyword:"enum",params:{allowedValues: schema11.properties.data.properties.settlement.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

